// The expressions within a value: their form, and every reference in them.
#pragma once

#include <functional>

#include "definition/expression.hpp"
#include "definition/fault.hpp"

namespace pipelines::definition {

// Called for each Get within a value, with the text behind "Get" and the place of the expression.
using ReferenceVisitor = std::function<Fault(const Reference&, std::string_view text, const Place&)>;

// Visits every reference at any depth: nested Joins, a JsonGet's property file, the Gets within its S3Uri. The first
// fault: the visitor's, or an expression that is malformed or unknown.
[[nodiscard]] Fault visit_references(const Json& value, const Place& place, const ReferenceVisitor& visit);

}  // namespace pipelines::definition
