@NullMarked
package io.agentstation.store.writes;

import org.jspecify.annotations.NullMarked;
