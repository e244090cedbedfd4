#include "tests/support/engine/cost_scaling.h"

#include <lemon/cost_scaling.h>
#include <lemon/smart_graph.h>

namespace matchgo::testing {

// A circulation: source to left to right to sink and back. Pairs earn their weight; who goes
// without earns nothing, as no flow is demanded.
std::optional<int64_t> HighestWeight(int lefts, const std::vector<int>& seats,
                                     const std::vector<WeightedPair>& pairs) {
  using Graph = lemon::SmartDigraph;
  Graph graph;
  const int rights = static_cast<int>(seats.size());
  graph.reserveNode(lefts + rights + 2);
  graph.reserveArc(static_cast<int>(pairs.size()) + lefts + rights + 1);
  for (int i = 0; i < lefts + rights + 2; ++i) graph.addNode();
  const Graph::Node source = graph.nodeFromId(lefts + rights);
  const Graph::Node sink = graph.nodeFromId(lefts + rights + 1);
  Graph::ArcMap<int64_t> capacity(graph, 1);
  Graph::ArcMap<int64_t> cost(graph, 0);
  for (int l = 0; l < lefts; ++l) capacity[graph.addArc(source, graph.nodeFromId(l))] = 1;
  for (int r = 0; r < rights; ++r) {
    capacity[graph.addArc(graph.nodeFromId(lefts + r), sink)] = seats[static_cast<size_t>(r)];
  }
  for (const WeightedPair& pair : pairs) {
    const Graph::Arc arc =
        graph.addArc(graph.nodeFromId(pair.left), graph.nodeFromId(lefts + pair.right));
    capacity[arc] = 1;
    cost[arc] = -pair.weight;
  }
  capacity[graph.addArc(sink, source)] = lefts;
  lemon::CostScaling<Graph, int64_t, int64_t> flow(graph);
  flow.upperMap(capacity).costMap(cost);
  if (flow.run() != lemon::CostScaling<Graph, int64_t, int64_t>::OPTIMAL) return std::nullopt;
  return -flow.totalCost<int64_t>();
}

}  // namespace matchgo::testing
