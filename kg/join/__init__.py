"""Join: which tellings are one event, with the reason; a wrong join is worse than a missing one."""

from kg.join.actors import same_actors
from kg.join.blocks import by_agreement
from kg.join.clusters import Clusters
from kg.join.events import Identity, Joiner, identity_quads, join
from kg.join.kin import Kinship, actor_kinship

__all__ = [
    "Clusters", "Identity", "Joiner", "Kinship", "actor_kinship", "by_agreement", "identity_quads", "join",
    "same_actors",
]  # fmt: skip
