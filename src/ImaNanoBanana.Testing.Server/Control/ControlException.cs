using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Testing.Control;

/// <summary>Refuses a request to the control paths. It names the field and, where they can be listed, the allowed values.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Internal: every refusal has a message, and most have a field.")]
[SuppressMessage("Design", "CA1064", Justification = "Internal: it never leaves the control paths.")]
internal sealed class ControlException(string message, string? field = null, params IReadOnlyList<string> allowed) : Exception(message)
{
    /// <summary>The member of the body that is wrong, or null if it is the body itself.</summary>
    public string? Field { get; } = field;

    /// <summary>The allowed values or members; empty if they cannot be listed.</summary>
    public IReadOnlyList<string> Allowed { get; } = allowed;
}
