"""Root, seal certificate and revocation list of this site, as files that only it may read.

They are made once (``manage.py create_signing_keys``), lie beside the other keys and never in the
repository or the database. The root signs a new seal certificate or list and nothing else.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from ..exceptions import SigningKeysMissingError

ROOT_YEARS, SEAL_YEARS = 20, 3
LIST_DAYS, ALARM_DAYS = 30, 10
SEAL_DAYS = 90  # before its end, a seal certificate is renewed
# All of it text: a backup takes along what lies beside the other keys.
ROOT_KEY, ROOT = "signing_root.key", "signing_root.pem"
SEAL_KEY, SEAL, LIST = "signing_seal.key", "signing_seal.pem", "signing_root.crl"
BACKDATED = timedelta(hours=1)  # for a viewer whose clock is a little behind


@dataclass(frozen=True)
class SigningKeys:
    """What a seal is made with, and what it is checked against."""

    seal_key: bytes  # PKCS 8, DER
    seal: x509.Certificate
    root: x509.Certificate
    revocations: bytes  # DER
    revocations_end: datetime

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the seal certificate."""
        return self.seal.fingerprint(hashes.SHA256()).hex()

    @property
    def root_fingerprint(self) -> str:
        return self.root.fingerprint(hashes.SHA256()).hex()


@dataclass(frozen=True)
class PublicPart:
    """What anybody may have of the keys, and until when each holds."""

    root: x509.Certificate
    seal: x509.Certificate
    revocations: x509.CertificateRevocationList

    @property
    def root_fingerprint(self) -> str:
        return self.root.fingerprint(hashes.SHA256()).hex()

    @property
    def revocations_end(self) -> datetime:
        return _end_of(self.revocations)

    @property
    def seal_ends(self) -> datetime:
        return self.seal.not_valid_after_utc


def create_keys(folder: Path, organisation: str) -> bool:
    """Make what is missing; False where all was there. Nothing that exists is replaced."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        return not (folder / SEAL).exists() and _create(folder, organisation)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of two processes that start at once, one makes the keys; the other finds them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _create(folder: Path, organisation: str) -> bool:
    root, root_key = _root_in(folder, organisation)
    seal_key = ec.generate_private_key(ec.SECP256R1())
    seal = _seal(seal_key, root, root_key, organisation)
    _write(folder / SEAL_KEY, _private(seal_key))
    if not (folder / LIST).exists():
        _write(folder / LIST, _revocations(root, root_key))
    _write(folder / SEAL, seal.public_bytes(serialization.Encoding.PEM))
    return True


def _root_in(
    folder: Path, organisation: str
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The root that is there: a new one would leave every older seal without its root."""
    if (folder / ROOT).exists():
        key = serialization.load_pem_private_key((folder / ROOT_KEY).read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate((folder / ROOT).read_bytes()), key
    key = ec.generate_private_key(ec.SECP256R1())
    root = _root(key, organisation)
    _write(folder / ROOT_KEY, _private(key))
    _write(folder / ROOT, root.public_bytes(serialization.Encoding.PEM))
    return root, key


def read_public_part() -> PublicPart:
    """Without touching a private key. Raises SigningKeysMissingError; nothing is made."""
    folder = Path(settings.SIGNING_KEYS_DIR)
    if not (folder / SEAL).exists():
        raise SigningKeysMissingError(str(folder))
    return PublicPart(
        root=x509.load_pem_x509_certificate((folder / ROOT).read_bytes()),
        seal=x509.load_pem_x509_certificate((folder / SEAL).read_bytes()),
        revocations=x509.load_pem_x509_crl((folder / LIST).read_bytes()),
    )


def read_keys() -> SigningKeys:
    """The keys of this site; on a laptop they are made first. Raises SigningKeysMissingError."""
    folder = Path(settings.SIGNING_KEYS_DIR)
    if not (folder / SEAL).exists():
        if not settings.MAKE_SIGNING_KEYS:
            raise SigningKeysMissingError(str(folder))
        create_keys(folder, settings.WAGTAIL_SITE_NAME)
    revocations = x509.load_pem_x509_crl((folder / LIST).read_bytes())
    key = serialization.load_pem_private_key((folder / SEAL_KEY).read_bytes(), None)
    return SigningKeys(
        seal_key=key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        seal=x509.load_pem_x509_certificate((folder / SEAL).read_bytes()),
        root=x509.load_pem_x509_certificate((folder / ROOT).read_bytes()),
        revocations=revocations.public_bytes(serialization.Encoding.DER),
        revocations_end=_end_of(revocations),
    )


def _end_of(revocations: x509.CertificateRevocationList) -> datetime:
    end = revocations.next_update_utc
    assert end is not None  # Every list of ours is made with one.
    return end


def renew_revocations() -> bool:
    """A new list well before the old one ends; whether one was made."""
    folder = Path(settings.SIGNING_KEYS_DIR)
    if not (folder / ROOT_KEY).exists():
        return False
    old = x509.load_pem_x509_crl((folder / LIST).read_bytes())
    if _end_of(old) - datetime.now(UTC) > timedelta(days=LIST_DAYS - ALARM_DAYS):
        return False
    root, key = _root_in(folder, "")
    _write(folder / LIST, _revocations(root, key, list(old)))
    return True


def renew_seal() -> bool:
    """A new certificate for the seal's key well before the old one ends; whether one was made.

    The key stays, so that one file is written, whole or not at all.
    """
    folder = Path(settings.SIGNING_KEYS_DIR)
    if not (folder / ROOT_KEY).exists():
        return False
    old = x509.load_pem_x509_certificate((folder / SEAL).read_bytes())
    if old.not_valid_after_utc - datetime.now(UTC) > timedelta(days=SEAL_DAYS):
        return False
    root, root_key = _root_in(folder, "")
    key = serialization.load_pem_private_key((folder / SEAL_KEY).read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    seal = _seal(key, root, root_key, _organisation_of(root))
    _write(folder / SEAL, seal.public_bytes(serialization.Encoding.PEM))
    return True


def _organisation_of(root: x509.Certificate) -> str:
    return str(root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value)


def _root(key: ec.EllipticCurvePrivateKey, organisation: str) -> x509.Certificate:
    name = _name(organisation, f"{organisation} 뿌리 인증서")
    usage = _usage(key_cert_sign=True, crl_sign=True)
    return (
        _builder(name, name, key, ROOT_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _seal(
    key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    organisation: str,
) -> x509.Certificate:
    # content_commitment: pyHanko refuses a seal without it.
    usage = _usage(digital_signature=True, content_commitment=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        _builder(_name(organisation, f"{organisation} 협약 봉인"), root.subject, key, SEAL_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(issuer, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, years: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + timedelta(days=365 * years))
    )


def _usage(**granted: bool) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: granted.get(name, False) for name in names})


def _name(organisation: str, common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _revocations(
    root: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    revoked: Sequence[x509.RevokedCertificate] = (),
) -> bytes:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(now - BACKDATED)
        .next_update(now + timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
    )
    for one in revoked:
        builder = builder.add_revoked_certificate(one)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by this site's user only."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(draft).replace(path)
