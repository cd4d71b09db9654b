namespace ImaNanoBanana;

/// <summary>Specifies what a request that waits for an <see cref="IRequestGate"/> does.</summary>
public enum ImaRequestKind
{
    /// <summary>Creates a task. It spends credits, and a caller waits for its answer.</summary>
    Create,

    /// <summary>Reads the product list or an upload token, or transfers an image.</summary>
    Read,

    /// <summary>Reads the status of a task.</summary>
    Poll,
}
