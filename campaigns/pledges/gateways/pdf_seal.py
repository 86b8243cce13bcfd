"""PAdES seals by pyHanko: the first says what the candidate signed, the second locks it.

What bites is written down in pledges.md 3.4: the first certifies and lets forms be filled, else no
second can follow; the second locks all fields and forbids every change, so a third shows.
"""

import io
from datetime import UTC, datetime

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .signing_keys import SigningKeys

RECEIVED, CONCLUDED = "Received", "Concluded"
ATTACHMENT = "agreement.json"
REASONS = {RECEIVED: "접수 봉인(후보자 전자서명 접수)", CONCLUDED: "체결 봉인(연대회의)"}


def seal_received(
    pdf: bytes, text: bytes, keys: SigningKeys, authority: TimeStamper | None = None
) -> bytes:
    """The document with its text as JSON inside, sealed as received from the candidate."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    data = embed.EmbeddedFileObject.from_file_data(writer, text, mime_type="application/json")
    embed.embed_file(
        writer,
        embed.FileSpec(
            ATTACHMENT,
            embedded_data=data,
            af_relationship=generic.NameObject("/Data"),
        ),
    )
    spec = fields.SigFieldSpec(RECEIVED)
    return _sign(writer, RECEIVED, spec, keys, authority, certify=True)


def seal_concluded(pdf: bytes, keys: SigningKeys, authority: TimeStamper | None = None) -> bytes:
    """A received document with the coalition's seal, after which nothing may change."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    spec = fields.SigFieldSpec(
        CONCLUDED,
        field_mdp_spec=fields.FieldMDPSpec(fields.FieldMDPAction.ALL),
        doc_mdp_update_value=fields.MDPPerm.NO_CHANGES,
    )
    return _sign(writer, CONCLUDED, spec, keys, authority, certify=False)


def _sign(
    writer: IncrementalPdfFileWriter,
    field: str,
    spec: fields.SigFieldSpec,
    keys: SigningKeys,
    authority: TimeStamper | None,
    *,
    certify: bool,
) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        reason=REASONS[field],
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        embed_validation_info=True,
        validation_context=context_of(keys),
    )
    signer = signers.PdfSigner(metadata, _signer(keys), timestamper=authority, new_field_spec=spec)
    return signer.sign_pdf(writer).getvalue()


def _signer(keys: SigningKeys) -> signers.SimpleSigner:
    store = SimpleCertificateStore()
    root, seal = (as_asn1(one) for one in (keys.root, keys.seal))
    store.register(root)
    return signers.SimpleSigner(
        signing_cert=seal,
        signing_key=asn1_keys.PrivateKeyInfo.load(keys.seal_key),
        cert_registry=store,
    )


def context_of(keys: SigningKeys) -> ValidationContext:
    """What a seal is held against: our root and its list, and nothing from the network."""
    return ValidationContext(
        trust_roots=[as_asn1(keys.root)],
        crls=[asn1_crl.CertificateList.load(keys.revocations)],
        allow_fetching=False,
        revocation_mode="hard-fail",
        moment=datetime.now(UTC),
    )


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(encoded)
