"""The page about an API shows what the folder holds, and nothing that a description smuggles in."""

from trunkline.audit.page import api_page


def test_the_page_tells_operations_objects_sources_and_errata(pets):
    page = api_page(pets.path)
    assert page == api_page(pets.path)
    for line in (
        "# Pets",
        "| `pets-doc` | Pets | 6 |",
        "| `openapi.yaml` | `pets-doc` | 12 | 11 | 1 | 0 |",
        "| `createPet` | `POST /pets` |  | `pets-doc:1` |",
        "| `name` | string | yes |  | `pets-doc:3` |",
        "Type: string: `cat`, `dog`",
        "### pets-001: A stray blank",
        "- Source: `pets-doc:4`",
        "None are known.",
    ):
        assert line in page.split("\n"), line


def test_differences_of_the_live_service_are_listed(pets):
    pets.replace("errata.yaml", "    reason:", "    live: It takes both.\n    reason:")
    assert "| pets-001 | It takes both. |" in api_page(pets.path)


def test_text_of_a_description_stays_text(pets):
    pets.replace(
        "openapi.yaml",
        "title: Pets, version",
        "title: 'P|<script>`x', description: 'a `b|<c>` [d](javascript:e)\n\n\n# F', version",
    )
    page = api_page(pets.path)
    assert "<script>" not in page
    assert "[d](" not in page.replace("\\[d](", "")
    assert "\n# F" not in page
    assert "`b\\|<c>`" in page
