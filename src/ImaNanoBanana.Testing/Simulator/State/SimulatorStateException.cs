using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Testing;

/// <summary>Says why a state cannot be the state of a simulator.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Internal: it always has a reason.")]
[SuppressMessage("Design", "CA1064", Justification = "Internal: the state file names itself in an InvalidDataException.")]
internal sealed class SimulatorStateException(string reason) : Exception(reason);
