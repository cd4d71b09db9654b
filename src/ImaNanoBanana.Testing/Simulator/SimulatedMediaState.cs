namespace ImaNanoBanana.Testing;

/// <summary>The state of one image of a task (wire contract, section 3).</summary>
internal enum SimulatedMediaState
{
    Processing,
    WithoutAddress,
    Ready,
    Failed,
}
