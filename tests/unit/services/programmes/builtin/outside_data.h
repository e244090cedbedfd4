// Where the source data outside this repository is, for tests that compare with it.
//
// MATCHGO_SHARED, else the folder "shared" beside the source tree. A test that finds nothing must
// skip and say so. Test support only; single-threaded.
#pragma once

#include "services/programmes/builtin/esco_import.h"

namespace matchgo::programmes::builtin {

// The whole ESCO download, unpacked and read once a process; null when it is not there.
const StatusOr<EscoData>* OutsideEsco();

}  // namespace matchgo::programmes::builtin
