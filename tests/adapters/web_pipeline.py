"""What a pipeline and its tests hold: a token, and keys of the kind that signs a GO."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

TOKEN = "-".join(["of", "the", "pipeline"] * 3)
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def new_key() -> str:
    """A private key in PEM."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
