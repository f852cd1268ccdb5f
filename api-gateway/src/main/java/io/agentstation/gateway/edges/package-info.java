/** What a client may cost before anybody looks at its request: how slowly it may send, and what its browser may do with answers. */
@NullMarked
package io.agentstation.gateway.edges;

import org.jspecify.annotations.NullMarked;
