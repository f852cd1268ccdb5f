/** The connection to Cassandra, and how its failures are told. */
@NullMarked
package io.agentstation.store.session;

import org.jspecify.annotations.NullMarked;
