/** The schema and its versioned, forward-only migrations. */
@NullMarked
package io.agentstation.store.schema;

import org.jspecify.annotations.NullMarked;
