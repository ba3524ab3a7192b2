/** What tests of several packages read vectors and draw fixed randomness with. */
package lockstep.vectors;
