// GET /_local/health and /_local/ready. Nothing is loaded behind the banner, so a server that answers is ready.

#include "control/route.hpp"

namespace pipelines::control {

Result<Json> health(const Services& services, const http::HttpRequest&, const Json&) {
    return Json{{"status", "ok"}, {"version", services.version}};
}

}  // namespace pipelines::control
