"""The catalogue: YAML files of services, people, policy and rubric, read into domain values. Pydantic stays in here."""
