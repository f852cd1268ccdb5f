/** Tests of this package. */
@NullMarked
package io.agentstation.gateway.management;

import org.jspecify.annotations.NullMarked;
