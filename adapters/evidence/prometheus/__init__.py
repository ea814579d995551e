"""Prometheus and Alertmanager: is there data now, would an alert show the failure, does one fire already, is one silenced."""
