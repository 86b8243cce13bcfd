"""Sealing and checking, each beside what typst and pyHanko take alone for the same file.

By the clock, for a check waits for another process; in turns, so that both meet the same machine.
"""

import io
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

import typst
from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from pyhanko.pdf_utils import embed
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from campaigns.pledges.gateways.pdf_seal import as_asn1
from campaigns.pledges.gateways.signing_keys import SigningKeys, read_keys
from campaigns.pledges.models import PledgeAgreement
from campaigns.pledges.services.canonical import canonical_json
from campaigns.pledges.services.documents import TEMPLATE, values_of
from campaigns.pledges.services.seals import queue_seal, run_seal_job, run_seals
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledge_demands import demand_set
from tests.factories.pledges import ElectionFactory, jongno
from typesetting.services import FONTS

MEBIBYTE = 1024 * 1024


def measure(rounds: int, folder: str) -> dict[str, float]:
    """Nothing of it stays. The first round warms up and does not count."""
    given = {"SIGNING_KEYS_DIR": folder, "MAKE_SIGNING_KEYS": True, "TIMESTAMP_URL": ""}
    with override_settings(**given, ALLOWED_HOSTS=["*"]), transaction.atomic():
        jongno()
        election = ElectionFactory()
        demand_set(election)
        agreements = [
            signed_agreement(respondent_of(election, f"후보{n}"), email=f"{n}@camp.example")
            for n in range(rounds + 1)
        ]
        found = of_sealing(agreements) | of_checking(agreements[0], rounds)
        transaction.set_rollback(True)
    return found


def of_sealing(agreements: list[PledgeAgreement]) -> dict[str, float]:
    keys, compiler = (
        read_keys(),
        typst.Compiler(
            root=settings.BASE_DIR / "templates",
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
            ),
        ),
    )
    jobs = [agreement.seal_jobs.get().pk for agreement in agreements]
    bare = [lambda one=one: seal_bare(one, keys, compiler) for one in agreements]
    ours = [lambda key=key: run_seal_job(key) for key in jobs]
    return in_turns("seal", bare, ours)


def seal_bare(agreement: PledgeAgreement, keys: SigningKeys, compiler: typst.Compiler) -> bytes:
    """The same document by the same libraries with nothing around them."""
    pdf = compiler.compile(
        input=settings.BASE_DIR / "templates" / TEMPLATE,
        format="pdf",
        sys_inputs={"values": json.dumps(values_of(agreement), default=str)},
        pdf_standards=["ua-1"],
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    data = embed.EmbeddedFileObject.from_file_data(writer, canonical_json(agreement.text))
    embed.embed_file(writer, embed.FileSpec("agreement.json", embedded_data=data))
    store = SimpleCertificateStore()
    store.register(as_asn1(keys.root))
    signer = signers.SimpleSigner(
        as_asn1(keys.seal), asn1_keys.PrivateKeyInfo.load(keys.seal_key), store
    )
    metadata = signers.PdfSignatureMetadata(
        field_name="Received",
        certify=True,
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=context_of(keys),
    )
    return signers.PdfSigner(metadata, signer).sign_pdf(writer).getvalue()


def context_of(keys: SigningKeys) -> ValidationContext:
    return ValidationContext(
        trust_roots=[as_asn1(keys.root)],
        crls=[asn1_crl.CertificateList.load(keys.revocations)],
        allow_fetching=False,
        moment=datetime.now(UTC),
    )


def of_checking(agreement: PledgeAgreement, rounds: int) -> dict[str, float]:
    """A changed file of a mebibyte, which has to be read and cannot be known by its digest."""
    queue_seal(agreement, 2)
    run_seals()
    file = grown(bytes(agreement.documents.get(revision=2).content))
    keys, client = read_keys(), Client(headers={"sec-fetch-site": "same-origin"})

    def bare() -> None:
        for seal in PdfFileReader(io.BytesIO(file)).embedded_signatures:
            validate_pdf_signature(seal, context_of(keys))

    def ours() -> None:
        upload = SimpleUploadedFile("agreement.pdf", file, "application/pdf")
        answer = client.post("/verify/file/", {"file": upload}, REMOTE_ADDR=some_address())
        if answer.status_code != 200 or agreement.number not in answer.content.decode():
            raise RuntimeError("The file was not checked.")

    return in_turns("check", [bare] * (rounds + 1), [ours] * (rounds + 1))


def grown(content: bytes) -> bytes:
    """With a mebibyte attached that cannot be pressed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    data = embed.EmbeddedFileObject.from_file_data(writer, os.urandom(MEBIBYTE))
    embed.embed_file(writer, embed.FileSpec("more.bin", embedded_data=data))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def some_address() -> str:
    """Another one each time: one alone may not ask so often."""
    return ".".join(map(str, (10, *os.urandom(3))))


def in_turns(
    name: str, bare: list[Callable[[], object]], ours: list[Callable[[], object]]
) -> dict[str, float]:
    turns = [(clock(one), clock(other)) for one, other in zip(bare, ours, strict=True)][1:]
    return {
        f"{name}_seconds": statistics.median(took for _floor, took in turns),
        f"{name}_ratio": statistics.median(took / floor for floor, took in turns),
    }


def clock(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun
