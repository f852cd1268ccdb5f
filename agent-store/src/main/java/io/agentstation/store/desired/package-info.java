/** The desired state of every agent: the fold of its commands. */
@NullMarked
package io.agentstation.store.desired;

import org.jspecify.annotations.NullMarked;
