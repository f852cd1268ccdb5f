/** Objects as tables, the form in which kubectl asks for what it prints. */
@NullMarked
package io.agentstation.cluster.tables;

import org.jspecify.annotations.NullMarked;
