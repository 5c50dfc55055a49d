namespace VrrpPS.Engine.Control.Server;

/// <summary>One method.</summary>
/// <param name="Name">What requests call it.</param>
/// <param name="Changes">Whether it takes the right to change something.</param>
/// <param name="Invoke">Carries it out, and gives what writes the result.</param>
internal sealed record ControlMethod(string Name, bool Changes, Func<ControlCall, Task<Action<System.Text.Json.Utf8JsonWriter>>> Invoke);
