// SqlProbe: makes matchgo_sql_* of what a store reports.
//
// The observer it returns may be called from any thread and is cheap: a query's series are found by
// the address of its name. Test: tests/unit/common/metrics/metrics_test.cc
#pragma once

#include <string>

#include "common/metrics/metrics.h"
#include "common/sql/observer.h"

namespace matchgo::metrics {

// database: "vacancies". The observer must not outlive the metrics.
sql::SqlObserver ObserveSql(Metrics& metrics, const std::string& database);

}  // namespace matchgo::metrics
