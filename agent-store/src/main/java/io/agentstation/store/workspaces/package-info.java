/** The tenants. */
@NullMarked
package io.agentstation.store.workspaces;

import org.jspecify.annotations.NullMarked;
