// What several tests read: the catalogue, and source data outside this repository to compare with.
//
// Both are read once a process, which under the sanitizers saves seconds. The sources are in
// MATCHGO_SHARED, else in the folder "shared" beside the source tree. A test that finds nothing
// must skip and say so. Test support only; single-threaded.
#pragma once

#include "services/programmes/builtin/builtin.h"
#include "services/programmes/builtin/esco_import.h"

namespace matchgo::programmes::builtin {

// The built-in catalogue.
const StatusOr<Catalogue>& SharedCatalogue();

// The whole ESCO download, unpacked and read once a process; null when it is not there.
const StatusOr<EscoData>* OutsideEsco();

}  // namespace matchgo::programmes::builtin
