import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import verifier
from evidence.verifier import BadFileError, Head, Link, MerkleTree, Verifier, main, verify_file
from tests.factories.history import merkle, write_heads, write_links

pytestmark = pytest.mark.unit

# From the tests of Certificate Transparency: leaves, and the root over all up to each.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
LEAVES += ["606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SUBJECTS = ["a", "b", "a", "c", "a", "b"]


def check(links, heads=(), noted=None):
    checking = Verifier(heads, noted)
    for link, payload in links:
        checking.add(link, payload)
    return checking.finish()


def reasons(report):
    return [fault.reason for fault in report.faults]


@pytest.fixture
def links():
    return write_links(SUBJECTS)


@pytest.fixture
def heads(links):
    return write_heads(links, [0, 2, 2, 6])


def exported(links, heads, values=True):
    entries = [{"evidence": 1, "exported_at": "2026-11-24T00:00:00.000000+00:00"}]
    entries += [{"head": head._asdict()} for head in heads]
    for link, payload in links:
        kept = {"payload": payload._asdict()} if values else {}
        entries.append({"event": link._asdict(), **kept})
    return [*entries, {"end": {"events": len(links), "heads": len(heads)}}]


def as_file(entries):
    return io.StringIO("".join(json.dumps(entry) + "\n" for entry in entries))


def test_the_merkle_root_is_that_of_certificate_transparency():
    tree, roots = MerkleTree(), []
    empty = tree.root()
    for leaf in LEAVES:
        tree.add(bytes.fromhex(leaf))
        roots.append(tree.root())

    assert roots == ROOTS
    assert empty == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.integers(0, 40))
def test_the_tree_grown_leaf_by_leaf_is_the_one_of_the_definition(size):
    leaves = [str(number).encode() for number in range(size)]
    tree = MerkleTree()

    for leaf in leaves:
        tree.add(leaf)

    assert tree.root() == merkle(leaves).hex()


def test_an_honest_history_holds(links, heads):
    report = check(links, heads)

    assert report.holds
    assert (report.events, report.chains, report.heads, report.payloads) == (6, 3, 4, 6)
    assert report.faults == []


def test_what_was_erased_is_no_fault(links, heads):
    assert check([(link, None) for link, _ in links], heads).holds


def test_a_head_that_was_noted_is_found_again(links, heads):
    noted = {heads[1].date: heads[1].hash}

    assert check(links, heads, noted).holds
    assert reasons(check(links, heads, {heads[1].date: heads[2].hash})) == ["not as noted"]
    assert reasons(check(links, heads[:3], {heads[3].date: heads[3].hash})) == ["not as noted"]


def test_an_event_dated_long_before_the_head_before_it_is_told(links):
    heads = write_heads(links, [2])
    late = heads[0]._replace(made_at="2026-02-01T00:00:00.000000+00:00", hash="")
    late = late._replace(hash=verifier.hash_of(late))

    report = check(links, [late])

    assert reasons(report) == ["backdated"] * 4
    assert report.faults[0].where == "paper a #2"


def test_only_the_first_faults_are_kept_and_all_are_counted(links):
    report = check([links[0]] * 150)

    assert (report.found, len(report.faults), report.holds) == (149, 100, False)


@pytest.mark.parametrize("values", [True, False])
def test_a_file_is_verified(links, heads, values):
    report = verify_file(as_file(exported(links, heads, values)))

    assert report.holds
    assert (report.events, report.payloads) == (6, 6 * values)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entries: [],
        lambda entries: [{"evidence": 2}, *entries[1:]],
        lambda entries: entries[1:],
        lambda entries: entries[:1],
        lambda entries: entries[:3],
        lambda entries: entries[:-1],
        lambda entries: entries[:-2] + entries[-1:],
        lambda entries: [*entries[:-1], ["end"]],
        lambda entries: [*entries[:-1], {"other": 1}],
        lambda entries: [*entries[:1], {"head": {"date": "2026-11-24"}}, *entries[1:]],
        lambda entries: [*entries[:5], {"event": [1, 2]}, *entries[5:]],
        lambda entries: [*entries[:5], {"event": {"sequence": "1"}}, *entries[5:]],
        lambda entries: [*entries[:1], 7, *entries[1:]],
    ],
)
def test_a_file_that_is_not_whole_is_refused(links, heads, spoil):
    with pytest.raises(BadFileError):
        verify_file(as_file(spoil(exported(links, heads))))


def test_a_line_that_is_no_json_is_refused_with_its_place(links, heads):
    text = as_file(exported(links, heads)).getvalue().replace('{"end', "{end")

    with pytest.raises(BadFileError, match="after event 6"):
        verify_file(io.StringIO(text))


def test_a_head_without_a_time_is_told_as_changed(links, heads):
    broken = [heads[0]._replace(made_at="yesterday"), *heads[1:]]

    assert reasons(check(links, broken)) == ["head changed"]


@pytest.fixture
def file(tmp_path, links, heads):
    path = tmp_path / "evidence.jsonl"
    path.write_text(as_file(exported(links, heads)).getvalue(), encoding="utf-8")
    return path


def test_the_command_says_that_everything_holds(file, heads, capsys):
    saved = file.with_name("heads.json")
    saved.write_text(json.dumps({"heads": [heads[0]._asdict()]}), encoding="utf-8")

    told = [str(file), "--heads", str(saved), "--head", f"{heads[3].date}={heads[3].hash}"]

    assert main(told) == 0
    assert capsys.readouterr().out == (
        "6 events / 기록, 3 chains / 사슬, 4 heads / 봉인값, 6 payloads / 내용\n"
        "Everything holds / 온전합니다\n"
    )


def test_the_command_says_what_does_not_hold(file, capsys):
    assert main([str(file), "--head", "2026-11-24=abc"]) == 1
    assert "✗ 2026-11-24: this is not the head that was noted" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["nowhere.jsonl"], [__file__], ["{file}", "--heads", "nowhere.json"]]
)
def test_the_command_says_that_a_file_cannot_be_read(file, arguments, capsys):
    assert main([argument.replace("{file}", str(file)) for argument in arguments]) == 2
    assert "This file can't be read / 파일을 읽을 수 없습니다" in capsys.readouterr().out


def test_the_verifier_runs_where_nothing_else_is_installed(file):
    script = Path(verifier.__file__)

    ran = subprocess.run([sys.executable, "-I", "-S", script, file], capture_output=True, text=True)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "온전합니다" in ran.stdout
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 300


EDITED = {str: "x", int: 99}


@st.composite
def tampered(draw):
    """An honest history whose events all lie under a head, and what somebody made of it."""
    links = write_links(draw(st.lists(st.sampled_from("abc"), min_size=2, max_size=8)))
    counts = draw(st.lists(st.integers(0, len(links)), max_size=2))
    heads = write_heads(links, [*sorted(counts), len(links)])
    place, other = draw(st.permutations(range(len(links))))[:2]
    link, payload = links[place]
    kind = draw(st.sampled_from(["edit", "delete", "swap", "insert", "cut", "values", "head"]))
    if kind == "edit":
        name = draw(st.sampled_from(Link._fields))
        links[place] = link._replace(**{name: EDITED[type(getattr(link, name))]}), payload
    elif kind == "delete":
        del links[place]
    elif kind == "swap":
        links[place], links[other] = links[other], links[place]
    elif kind == "insert":
        links.insert(place, links[other])
    elif kind == "cut":
        del links[place:]
    elif kind == "values":
        links[place] = link, links[other][1]
    else:
        day, name = draw(st.integers(0, len(heads) - 1)), draw(st.sampled_from(Head._fields))
        heads[day] = heads[day]._replace(**{name: EDITED[type(getattr(heads[day], name))]})
    return links, heads


@given(tampered())
def test_whatever_is_changed_is_found(history):
    links, heads = history

    assert not check(links, heads).holds
    assert not verify_file(as_file(exported(links, heads))).holds


@given(st.lists(st.sampled_from("abcd"), max_size=20), st.data())
def test_no_honest_history_is_suspected(subjects, data):
    links = write_links(subjects)
    counts = data.draw(st.lists(st.integers(0, len(links)), max_size=4).map(sorted))
    kept = [(link, data.draw(st.sampled_from([payload, None]))) for link, payload in links]

    assert check(kept, write_heads(links, counts)).holds
