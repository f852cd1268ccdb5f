/** What probes and Prometheus ask of this gateway, on a port of its own; for machines and people, never for a decision. */
@NullMarked
package io.agentstation.gateway.management;

import org.jspecify.annotations.NullMarked;
