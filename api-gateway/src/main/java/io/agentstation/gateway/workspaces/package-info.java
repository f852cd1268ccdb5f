/** The tenants, as they are made and shown. */
@NullMarked
package io.agentstation.gateway.workspaces;

import org.jspecify.annotations.NullMarked;
