/** Services as processes of their own, which can be stopped and killed one by one. */
@NullMarked
package io.agentstation.guarantees.processes;

import org.jspecify.annotations.NullMarked;
