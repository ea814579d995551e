"""The fields that are read, as JSON schemas; whatever the fake cluster answers has to fit.

Written from the documentation of Kubernetes (apps/v1, authorization/v1) and Argo Rollouts (argoproj.io/v1alpha1).
"""

from typing import Any

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_META = {
    "type": "object",
    "required": ["name", "namespace", "generation"],
    "properties": {"name": _TEXT, "namespace": _TEXT, "generation": _COUNT},
}
_TEMPLATE = {
    "type": "object",
    "required": ["spec"],
    "properties": {
        "spec": {
            "type": "object",
            "required": ["containers"],
            "properties": {
                "containers": {
                    "type": "array",
                    "items": {"type": "object", "required": ["name"], "properties": {"name": _TEXT, "image": _TEXT}},
                }
            },
        }
    },
}
_RUN = {
    "type": "object",
    "required": ["name", "status"],
    "properties": {
        "name": _TEXT,
        "message": _TEXT,
        "status": {"enum": ["", "Pending", "Running", "Successful", "Failed", "Error", "Inconclusive"]},
    },
}
ROLLOUT: dict[str, Any] = {
    "type": "object",
    "required": ["apiVersion", "kind", "metadata", "spec"],
    "properties": {
        "apiVersion": {"const": "argoproj.io/v1alpha1"},
        "kind": {"const": "Rollout"},
        "metadata": _META,
        "spec": {
            "type": "object",
            "properties": {
                "replicas": _COUNT,
                "paused": {"type": "boolean"},
                "template": _TEMPLATE,
                "strategy": {
                    "type": "object",
                    "properties": {
                        "canary": {
                            "type": "object",
                            "properties": {
                                "steps": {
                                    "type": "array",
                                    "items": {"type": "object", "properties": {"setWeight": _COUNT}},
                                }
                            },
                        },
                        "blueGreen": {"type": "object"},
                    },
                },
            },
        },
        "status": {
            "type": "object",
            "properties": {
                "observedGeneration": _TEXT,
                "phase": {"enum": ["Healthy", "Degraded", "Progressing", "Paused"]},
                "message": _TEXT,
                "abort": {"type": "boolean"},
                "currentPodHash": _TEXT,
                "stableRS": _TEXT,
                "currentStepIndex": _COUNT,
                "pauseConditions": {
                    "type": "array",
                    "items": {"type": "object", "required": ["reason", "startTime"], "properties": {"reason": _TEXT}},
                },
                "canary": {
                    "type": "object",
                    "properties": {
                        "weights": {
                            "type": "object",
                            "required": ["canary", "stable"],
                            "properties": {
                                k: {"type": "object", "required": ["weight"], "properties": {"weight": _COUNT}}
                                for k in ("canary", "stable")
                            },
                        },
                        "currentStepAnalysisRunStatus": _RUN,
                        "currentBackgroundAnalysisRunStatus": _RUN,
                    },
                },
                "blueGreen": {
                    "type": "object",
                    "properties": {"prePromotionAnalysisRunStatus": _RUN, "postPromotionAnalysisRunStatus": _RUN},
                },
            },
        },
    },
}
DEPLOYMENT: dict[str, Any] = {
    "type": "object",
    "required": ["apiVersion", "kind", "metadata", "spec"],
    "properties": {
        "apiVersion": {"const": "apps/v1"},
        "kind": {"const": "Deployment"},
        "metadata": _META,
        "spec": {
            "type": "object",
            "required": ["template"],
            "properties": {"replicas": _COUNT, "paused": {"type": "boolean"}, "template": _TEMPLATE},
        },
        "status": {
            "type": "object",
            "properties": {
                **dict.fromkeys(
                    ("observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas"), _COUNT
                ),
                "conditions": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["type", "status"],
                        "properties": {
                            "type": {"enum": ["Available", "Progressing", "ReplicaFailure"]},
                            "status": {"enum": ["True", "False", "Unknown"]},
                            "reason": _TEXT,
                            "message": _TEXT,
                        },
                    },
                },
            },
        },
    },
}
REVIEW: dict[str, Any] = {
    "type": "object",
    "required": ["apiVersion", "kind", "spec", "status"],
    "properties": {
        "apiVersion": {"const": "authorization.k8s.io/v1"},
        "kind": {"const": "SelfSubjectAccessReview"},
        "spec": {"type": "object", "required": ["resourceAttributes"]},
        "status": {"type": "object", "required": ["allowed"], "properties": {"allowed": {"type": "boolean"}}},
    },
}
