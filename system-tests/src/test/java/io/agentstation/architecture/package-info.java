/** The rules of the house, checked over all rooms. */
@NullMarked
package io.agentstation.architecture;

import org.jspecify.annotations.NullMarked;
