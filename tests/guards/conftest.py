"""The seeded world and everybody's browser for this folder's tests."""

from tests.matrices.world import folder, knocking, quiet_refusals, seeded_files

__all__ = ["folder", "knocking", "quiet_refusals", "seeded_files"]
