/** HTTP servers on the loopback address. */
@NullMarked
package io.agentstation.cluster.http;

import org.jspecify.annotations.NullMarked;
