// The engine's tests run on Linux, and may use what is made for it; the rest of the engine is held apart by the platform analyzer (CA1416).
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
