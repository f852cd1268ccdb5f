/** Resource quotas: what a namespace's pods may ask for together. */
@NullMarked
package io.agentstation.cluster.quota;

import org.jspecify.annotations.NullMarked;
