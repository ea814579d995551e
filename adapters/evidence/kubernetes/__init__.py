"""Kubernetes and Argo Rollouts, read through the API of the cluster."""
