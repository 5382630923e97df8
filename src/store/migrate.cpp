#include "store/migrate.hpp"

#include <fmt/format.h>

namespace pipelines::store {

int newest_version() { return static_cast<int>(migrations().size()); }

void migrate(Database& database, int from_version) {
    for (const Migration& migration : migrations()) {
        if (migration.number <= from_version) continue;
        database.execute("BEGIN IMMEDIATE");
        try {
            database.execute(migration.sql);
            database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT", kApplicationId,
                                         migration.number)
                                 .c_str());
        } catch (const DatabaseError& error) {
            if (database.in_transaction()) database.execute("ROLLBACK");
            throw DatabaseError(fmt::format("migration {}: {}", migration.name, error.what()));
        }
    }
}

}  // namespace pipelines::store
