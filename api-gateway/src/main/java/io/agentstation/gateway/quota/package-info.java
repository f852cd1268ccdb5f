/** How much agents may have together, and the refusal of what would be more. */
@NullMarked
package io.agentstation.gateway.quota;

import org.jspecify.annotations.NullMarked;
