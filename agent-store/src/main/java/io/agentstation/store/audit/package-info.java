/** Who did what, or tried to: entries are added, never changed. */
@NullMarked
package io.agentstation.store.audit;

import org.jspecify.annotations.NullMarked;
