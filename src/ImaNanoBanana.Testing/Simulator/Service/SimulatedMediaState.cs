namespace ImaNanoBanana.Testing;

/// <summary>Specifies the state of one image of a task.</summary>
internal enum SimulatedMediaState
{
    Processing,
    WithoutAddress,
    Ready,
    Failed,
}
