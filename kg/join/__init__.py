"""Join: which tellings are one event, with the reason; a wrong join is worse than a missing one."""

from kg.join.actors import same_actors
from kg.join.events import Identity, identity_quads, join
from kg.join.kin import Kinship, actor_kinship

__all__ = ["Identity", "Kinship", "actor_kinship", "identity_quads", "join", "same_actors"]
