// Puts a population into running services through their RPCs, as partners and employers would.
//
// Blocking; one thread and one call at a time, so ids are drawn in the same order every time.
// Test: tests/e2e/demo_repeat_test.py
#pragma once

#include <grpcpp/channel.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/rpc/channel.h"
#include "matchgo/common/v1/feed.pb.h"
#include "services/matchgo/demo/population.h"
#include "services/matchgo/load/catalogue_loader.h"

namespace matchgo::demo {

class PopulationLoader {
 public:
  // All outlive the loader. `channel` leads to profiles and vacancies.
  PopulationLoader(std::shared_ptr<grpc::Channel> channel, const Population& population,
                   const load::LoadedCatalogue& catalogue, std::function<void(int64_t)> progress,
                   const std::stop_token& stop);

  Status LoadEmployers();
  // People and vacancies [from, to) of the population; vacancies are published at once.
  Status LoadPeople(size_t from, size_t to);
  Status LoadVacancies(size_t from, size_t to);

  // switchers/{s} -> place in the population.
  const std::map<std::string, int64_t>& order() const { return order_; }
  int64_t openings() const { return openings_; }
  // What the feeds must have brought to have everything that was loaded.
  std::vector<common::v1::FeedProgress> positions() const;

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  const Population& population_;
  const load::LoadedCatalogue& catalogue_;
  const std::function<void(int64_t)> progress_;
  rpc::Caller partner_;
  rpc::Caller ops_;
  std::vector<std::string> employers_;  // employers/{e} by index
  std::map<std::string, int64_t> order_;
  int64_t openings_ = 0;
  int64_t profiles_sequence_ = 0;
  int64_t vacancies_sequence_ = 0;
};

}  // namespace matchgo::demo
