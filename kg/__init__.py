"""A knowledge graph of militant actors (the public interface is completed below as stages land)."""
