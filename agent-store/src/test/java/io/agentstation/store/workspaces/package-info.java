/** Tests of the package, on a real Cassandra where a table is meant. */
@NullMarked
package io.agentstation.store.workspaces;

import org.jspecify.annotations.NullMarked;
