"""What others know about the homes of a list: their places, their registered labels."""

import csv
from pathlib import Path

import pytest

from geo_lv.inputs import load_inputs
from geo_lv.intake import ANSWERS
from tests.intake.test_import import DAY, files_of, run
from tests.locatieserver_stand_in import StandIn, address, serving

LIST = (
    "VHE;Straat;Huisnummer;Postcode;Plaats;Energielabel;EP2;X;Y;Buurtcode\n"
    "1;Voorbeeldlaan;1;9999ZZ;Voorbeeldstad;C;200;;;\n"  # known there
    "2;Voorbeeldlaan;2;9999ZZ;Voorbeeldstad;C;200;86518,6;456892,5;BU19160100\n"  # has a place
    "3;Voorbeeldlaan;3;9999ZZ;Elders;C;200;;;\n"  # another town answers
    "4;Voorbeeldlaan;4;9999ZZ;Voorbeeldstad;C;200;;;\n"  # not there: a neighbour answers
    "5;Voorbeeldlaan;;;;C;200;;;\n"  # nothing to ask with
)
REGISTER = (
    "PublicatieDatum;01-12-2025\nLaatstVerwerkteMutatievolgnummer;1\n"
    "Registratiedatum;GeldigTot;Berekeningstype;Energieklasse;Postcode;Huisnummer;Huisletter;"
    "Huisnummertoevoeging;BAGVerblijfsobjectID;PrimaireFossieleEnergie;BerekendeEnergieverbruik\n"
    "20200101;20300101;NTA 8800:2020;B;9999ZZ;1;;;0001010000001049;150,25;\n"
    "20220101;20320101;NTA 8800:2020;A;9999ZZ;1;;;0001010000001049;90,5;\n"  # newer
    "20150101;20250101;NTA 8800:2020;G;9999ZZ;2;;;;400;\n"  # expired
    "20220101;20320101;NTA 8800:2020;D;8888ZZ;1;;;;250;\n"  # another home
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "lijst.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def table(data: Path, name: str) -> list[dict[str, str]]:
    path = data / "properties" / "import" / "vidomes" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_homes_without_a_place_are_looked_up_once(data: Path, listed: Path) -> None:
    known = [address(1, buurtcode="BU19160100"), address(3), address(9)]
    with serving(StandIn(docs=known)) as service:
        at = ("--corporatie", "Vidomes", *DAY, "--locatieserver", service.url)
        done = run(data, str(listed), *at)
        assert done.returncode == 0, done.stdout + done.stderr
        # home 5 has nothing to ask with
        said = "4 homes came without coordinates: 1 located, 3 not located, 0 ambiguous"
        assert said in done.stdout
        assert "3 asked now, 0 known already, 1 cannot be asked" in done.stdout
        asked = len(service.tried)
        again = run(data, str(listed), *at)
        assert "0 asked now, 3 known already, 1 cannot be asked" in again.stdout
        assert len(service.tried) == asked
    homes = load_inputs(data).dwellings.set_index("dwelling_id")
    assert [homes.loc["1", axis] for axis in ("x_rd", "y_rd")] == [100125.0, 450000.2]
    assert homes.loc["1", "bu_code"] == "BU19160100"
    assert homes.loc["1", "vbo_id"] == "0001010000001000"
    assert [homes.loc["2", axis] for axis in ("x_rd", "y_rd")] == [86518.6, 456892.5]
    assert homes["x_rd"].notna().sum() == 2
    lost = {row["dwelling_id"]: row["reason"] for row in table(data, "not-located.csv")}
    assert set(lost) == {"3", "4", "5"}
    assert all(lost.values())


def test_a_server_that_stops_halfway_changes_nothing_and_is_asked_the_rest(
    data: Path, listed: Path
) -> None:
    before = files_of(data)
    known = [address(1), address(3), address(4)]
    with serving(StandIn(docs=known)) as service:
        at = ("--corporatie", "Vidomes", *DAY, "--locatieserver", service.url)
        service.moods.extend(["well", "403"])
        done = run(data, str(listed), *at)
        assert done.returncode == 1
        assert "run it again later to go on from there" in done.stderr
        assert "Traceback" not in done.stderr
        after = files_of(data)
        assert set(after) - set(before) == {ANSWERS}
        assert {name: after[name] for name in before} == before
        done = run(data, str(listed), *at)
        assert "2 asked now, 1 known already" in done.stdout
        assert max(service.answered.values()) == 1, "nothing is answered twice"


def test_without_the_option_nothing_is_asked_and_the_number_is_told(
    data: Path, listed: Path
) -> None:
    done = run(data, str(listed), "--corporatie", "Vidomes", *DAY)
    said = "4 homes came without coordinates; --locate asks PDOK for them in 3 questions"
    assert said in done.stdout


def test_registered_labels_go_before_those_of_the_list(
    data: Path, listed: Path, tmp_path: Path
) -> None:
    register = tmp_path / "v20251201_v4_csv.csv"
    register.write_text(REGISTER, encoding="utf-8")
    done = run(data, str(listed), "--corporatie", "Vidomes", *DAY, "--labels", str(register))
    assert done.returncode == 0, done.stdout + done.stderr
    said = "labels of EP-Online: 1 matched, 4 unmatched, 0 ambiguous; 1 differ from the list"
    assert said in done.stdout
    assert "4 rows read: 1 about other homes, 0 wrong, 1 expired, 0 of later" in done.stdout
    homes = load_inputs(data).dwellings.set_index("dwelling_id")
    assert homes["energy_label"].tolist() == ["A", "C", "C", "C", "C"]
    assert homes["ep2_kwh_m2"].tolist() == [90.5, 200, 200, 200, 200]
    rows = {row["dwelling_id"]: row for row in table(data, "labels.csv")}
    assert (rows["1"]["in_list"], rows["1"]["registered_label"]) == ("C", "A")
    assert (rows["1"]["registered"], rows["1"]["valid_until"]) == ("2022-01-01", "2032-01-01")
    assert rows["2"]["reason"]


def test_a_file_that_is_not_of_ep_online_is_refused(
    data: Path, listed: Path, tmp_path: Path
) -> None:
    before = files_of(data)
    wrong = tmp_path / "labels.csv"
    wrong.write_text("a;b\n1;2\n", encoding="utf-8")
    done = run(data, str(listed), "--corporatie", "Vidomes", *DAY, "--labels", str(wrong))
    assert done.returncode == 1
    assert "labels.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert files_of(data) == before
