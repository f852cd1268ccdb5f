/** Reads request bodies strictly, so that each problem names its field. */
@NullMarked
package io.agentstation.gateway.requests;

import org.jspecify.annotations.NullMarked;
