/** Who did what, or tried to: written for every change, read by admins. */
@NullMarked
package io.agentstation.gateway.audit;

import org.jspecify.annotations.NullMarked;
