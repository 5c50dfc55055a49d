namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>How one property becomes keepalived's words.</summary>
/// <param name="Name">The property of the configuration.</param>
/// <param name="Write">Writes it, or says that it cannot be written.</param>
/// <typeparam name="TWriter">What it is written to.</typeparam>
/// <typeparam name="TModel">What it is a property of.</typeparam>
internal sealed record KeepalivedProperty<TWriter, TModel>(string Name, Action<TWriter, TModel> Write);
