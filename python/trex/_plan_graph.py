"""The plan as layers, memory regions and the edges between them; graphing.py draws it."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import namedtuple
from typing import Any, Dict, List, NamedTuple, Optional, Sequence

from .activations import Activation
from .layer import Layer


class PortDesc(NamedTuple):
    """A layer's input or output by number; a memory node has no port."""

    layer_name: str
    port: Optional[int] = None


class Edge(NamedTuple):
    src: PortDesc
    dst: PortDesc
    tensor: Activation
    region_gen: Optional[int] = None


class RegionGeneration:
    """What stands in a region from one write to the next: who writes it, who reads it."""

    def __init__(self, tensor: Activation, is_user: bool, id: int = 0) -> None:
        self.tensor = tensor
        self.is_user = is_user
        self.id = id
        self.writers: List[PortDesc] = []
        self.readers: List[PortDesc] = []

    @property
    def is_forked(self) -> bool:
        return len(self.writers) > 1 or len(self.readers) > 1

    def __repr__(self) -> str:
        return f"{self.tensor.name}#{self.id}: {len(self.writers)} -> {len(self.readers)}"


class Region:
    """A named buffer and its generations: a write after a read begins a new one."""

    def __init__(self) -> None:
        self.generations: List[RegionGeneration] = []
        self.is_user = False

    @property
    def name(self) -> str:
        return self.generations[0].tensor.name if self.generations else ""

    def add_generation(self, tensor: Activation) -> RegionGeneration:
        generation = RegionGeneration(tensor, self.is_user, len(self.generations))
        self.generations.append(generation)
        return generation

    def nb_generations(self) -> int:
        return len(self.generations)

    def _generation(self, gen_id: Optional[int], tensor: Activation) -> RegionGeneration:
        while not self.generations or (gen_id is not None and gen_id >= len(self.generations)):
            self.add_generation(tensor)
        return self.generations[-1 if gen_id is None else gen_id]

    def add_writer(self, gen_id: Optional[int], writer: PortDesc, tensor: Activation) -> None:
        self._generation(gen_id, tensor).writers.append(writer)

    def add_reader(self, gen_id: Optional[int], reader: PortDesc, tensor: Activation) -> None:
        self._generation(gen_id, tensor).readers.append(reader)

    def writers(self, gen_id: Optional[int] = None) -> List[PortDesc]:
        """Of one generation; of all without an id."""
        if gen_id is not None:
            return self.generations[gen_id].writers
        return [writer for generation in self.generations for writer in generation.writers]

    def readers(self, gen_id: Optional[int] = None) -> List[PortDesc]:
        if gen_id is not None:
            return self.generations[gen_id].readers
        return [reader for generation in self.generations for reader in generation.readers]

    def is_placeholder(self) -> bool:
        """Nothing writes it: an engine input, or a constant."""
        return not self.writers()


def _regions(layers: Sequence[Layer], bindings: Sequence[str]) -> Dict[str, Region]:
    users = set(bindings)
    regions: Dict[str, Region] = {}

    def region_of(tensor: Activation) -> Region:
        region = regions.get(tensor.name)
        if region is None:
            region = regions[tensor.name] = Region()
            region.is_user = tensor.name in users
        return region

    for layer in layers:
        for port, tensor in enumerate(layer.inputs):
            region_of(tensor).add_reader(None, PortDesc(layer.name, port), tensor)
        for port, tensor in enumerate(layer.outputs):
            region = region_of(tensor)
            if region.generations and region.generations[-1].readers:
                region.add_generation(tensor)
            region.add_writer(None, PortDesc(layer.name, port), tensor)
    return regions


def regions_factory(plan: Any) -> List[Region]:
    """The plan's regions, in order of first use."""
    return list(_regions(plan.all_layers, plan.bindings).values())


class LayerNode:
    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.name = layer.name
        self.id = layer.name

    def __repr__(self) -> str:
        return f"LayerNode({self.name})"


def _memory_port(generation: RegionGeneration) -> PortDesc:
    """An engine input or output goes by its name, another region by name and generation."""
    name = generation.tensor.name
    if generation.is_user and generation.id == 0:
        return PortDesc(name)
    return PortDesc(f"{name}.{generation.id}", 0)


MemoryNode = namedtuple("MemoryNode", ["name", "tensor", "region_gen", "is_user"])


class PlanGraph:
    """Layers and memory nodes, and the edges between them.

    A tensor is an edge from who writes it to who reads it. Engine inputs and outputs are nodes, and
    so are the generations of a region that is written again; all regions, or those with several
    readers or writers, when asked for.
    """

    def __init__(
        self,
        plan: Any,
        include_regions: bool = False,
        include_constants: bool = False,
        include_forking_regions: bool = False,
    ) -> None:
        self.plan = plan
        self.include_regions = include_regions
        self.include_constants = include_constants
        self.include_forking_regions = include_forking_regions
        self._constants = {t.name for c in plan.constants for t in c.outputs}
        layers = plan.all_layers if include_constants else plan.layers
        self._layer_nodes = [LayerNode(layer) for layer in layers]
        self._memory_nodes: List[Any] = []
        self._edges: List[Edge] = []
        self.regions = list(_regions(layers, plan.bindings).values())
        for region in self.regions:
            self._add_region(region)

    @property
    def layer_nodes(self) -> List[LayerNode]:
        return self._layer_nodes

    @property
    def memory_nodes(self) -> List[Any]:
        return self._memory_nodes

    @property
    def edges_list(self) -> List[Edge]:
        return self._edges

    def should_include_region(
        self, region: Region, generation: RegionGeneration, is_constant: bool
    ) -> bool:
        """Is this generation a node of its own?"""
        if is_constant:
            return self.include_constants and self.include_regions
        return (
            generation.is_user
            or self.include_regions
            or region.nb_generations() > 1
            or (self.include_forking_regions and generation.is_forked)
        )

    def _add_region(self, region: Region) -> None:
        is_constant = region.name in self._constants
        if is_constant and not self.include_constants:
            return
        for generation in region.generations:
            if self.should_include_region(region, generation, is_constant):
                self._add_memory(region, generation)
            else:
                self._edges.extend(
                    Edge(writer, reader, generation.tensor, generation.id)
                    for writer in generation.writers
                    for reader in generation.readers
                )

    def _add_memory(self, region: Region, generation: RegionGeneration) -> None:
        tensor = generation.tensor
        here = _memory_port(generation)
        node = MemoryNode(here.layer_name, tensor, generation.id, generation.is_user)
        self._memory_nodes.append(node)
        if generation.id > 0:
            before = _memory_port(region.generations[generation.id - 1])
            self._edges.append(Edge(before, here, tensor, generation.id))
        self._edges.extend(Edge(w, here, tensor, generation.id) for w in generation.writers)
        self._edges.extend(Edge(here, r, tensor, generation.id) for r in generation.readers)
