/** Server-side apply and the other patches: pure functions on JSON. */
@NullMarked
package io.agentstation.cluster.apply;

import org.jspecify.annotations.NullMarked;
