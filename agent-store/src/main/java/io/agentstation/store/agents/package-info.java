/** What the API shows of an agent: one row of projected columns, and the lists by workspace. */
@NullMarked
package io.agentstation.store.agents;

import org.jspecify.annotations.NullMarked;
