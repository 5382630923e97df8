// Where the rows of a resource hold its properties. Every text here is SQL of ours, with `r` for the row of the record
// and `item` for the row of an item of a list.
#pragma once

#include <span>
#include <string_view>

#include "pipelines/search/resource.hpp"

namespace pipelines::search {

// A piece of an ARN, which rows hold in parts only: what stands before, with {partition}, {region} and {account}, and
// the column.
struct ArnPart {
    std::string_view before;
    std::string_view column;
    bool pipeline_name = false;  // the name of the row's pipeline, which is looked up by an index instead
};

struct Column {
    std::string_view property;
    std::string_view value = {};  // its value, or, of a structure or list, anything but NULL where there is one
    std::string_view items = {};  // of a property of items: "<table> AS item WHERE <of the row>"
    std::span<const std::string_view> codes = {};  // what the numbers of an enum mean
    std::span<const ArnPart> arn = {};             // instead of a value
    std::string_view constant = {};                // the same for every record; marks as in an ARN
    bool nullable = false;
    bool overridden = false;        // a text that a job's result may say otherwise (or, as null, not at all)
    bool identifies = false;        // one row at most has a value
    std::string_view at_most = {};  // a column that is never less, and stands in an index
    bool job_name = false;          // in which the id of the job's execution stands
};

struct Table {
    std::string_view rows;  // "executions AS r"
    std::span<const Column> columns;
    bool documents = false;    // what the columns lack stands in a document; otherwise no record has it
    bool by_creation = false;  // the only index that it is searched by
};

[[nodiscard]] const Table& table_of(const Resource&);
[[nodiscard]] const Column* find_column(const Table&, std::string_view property);

}  // namespace pipelines::search
