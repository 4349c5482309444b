"""The bill of materials: every library that the wheel needs, its version, licence and needs."""

import json
from collections.abc import Iterable, Mapping

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License, LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from release.installed import Needed
from release.licences import Licence
from release.project import Project


def make_sbom(project: Project, needed: Iterable[Needed], licences: Mapping[str, Licence]) -> str:
    """
    Write the bill of materials as CycloneDX 1.6 in JSON.

    It holds no time, no random number and no path: the same input gives the same bytes.

    Parameters
    ----------
    project
        What the bill is of.
    needed
        All distributions that it needs to run.
    licences
        The licence of each, by name.

    Returns
    -------
    text
        JSON, with a newline at the end.
    """
    needed = list(needed)
    parts = {one.name: _library(one, licences[one.name]) for one in needed}
    whole = _application(project)
    bom = Bom(components=parts.values())
    bom.metadata.component = whole
    bom.register_dependency(whole, [parts[name] for name in project.direct])
    for one in needed:
        bom.register_dependency(parts[one.name], [parts[name] for name in one.needs])
    return _text(bom)


def _application(project: Project) -> Component:
    return Component(
        type=ComponentType.APPLICATION,
        name=project.name,
        version=project.version,
        bom_ref=f"{project.name}@{project.version}",
        description=project.description,
        licenses=[_written(Licence(project.licence, declared=True))],
    )


def _library(one: Needed, licence: Licence) -> Component:
    address = PackageURL("pypi", name=one.name, version=one.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=one.name,
        version=one.version,
        bom_ref=address.to_string(),
        purl=address,
        licenses=[_written(licence)],
    )


def _written(licence: Licence) -> License:
    said = LicenseAcknowledgement.DECLARED if licence.declared else LicenseAcknowledgement.CONCLUDED
    return LicenseFactory().make_from_string(licence.expression, license_acknowledgement=said)


def _text(bom: Bom) -> str:
    """Leave out the number and the time, which the standard does not ask for and chance decides."""
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    del written["serialNumber"], written["metadata"]["timestamp"]
    return json.dumps(written, indent=2, ensure_ascii=False) + "\n"
